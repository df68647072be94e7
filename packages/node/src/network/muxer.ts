import type { MessageStream, StreamMuxer, StreamMuxerFactory } from '@libp2p/interface';
import { yamux } from '@libp2p/yamux';

/** Unread bytes of one stream, and with it what a paused or slow reader may cost. */
export const STREAM_WINDOW_BYTES_MAX = 4 * 1024 * 1024;
/** A window update is sent when this much was read. yamux begins with windows of 256 KiB. */
const UPDATE_BYTES = 64 * 1024;

/** Public methods of @libp2p/yamux's classes, whose types it does not export. */
interface YamuxStream {
  handleData(frame: { header: { length: number } }): void;
  sendWindowUpdate(): void;
}

interface YamuxMuxer extends StreamMuxer {
  onCreateStream(): YamuxStream;
  onRemoteStream(stream: YamuxStream): void;
  onData(data: Uint8Array): void;
  /** Private there; read only, and only if it is what it was. */
  readonly decoder?: { readonly buffer?: { readonly byteLength: number } };
}

/**
 * yamux answers every data frame with a window update, which doubles the packets of a protocol of small votes. Here an
 * update waits until a quarter of the smallest window was read.
 */
function lazyWindow(stream: YamuxStream): void {
  const handleData = stream.handleData.bind(stream);
  const sendWindowUpdate = stream.sendWindowUpdate.bind(stream);
  let opened = false;
  let readBytes = 0;
  stream.handleData = (frame) => {
    readBytes += frame.header.length;
    handleData(frame);
  };
  stream.sendWindowUpdate = () => {
    // The first one opens or acknowledges the stream.
    if (opened && readBytes < UPDATE_BYTES) return;
    opened = true;
    readBytes = 0;
    sendWindowUpdate();
  };
}

/**
 * yamux with fewer window updates, and with a bound that it lacks: its decoder collects a data frame up to the 4 GiB that
 * the header may announce before it looks at the window. A member that tries gets its connection closed.
 */
export function boundedYamux(): () => StreamMuxerFactory {
  const create = yamux({
    streamOptions: {
      maxStreamWindowSize: STREAM_WINDOW_BYTES_MAX,
      maxReadBufferLength: STREAM_WINDOW_BYTES_MAX + UPDATE_BYTES,
    },
    // Two channels, sync, the doors, gossip, identify and ping, each way, and a few that are just being replaced.
    maxInboundStreams: 64,
    maxOutboundStreams: 64,
  });
  return () => {
    const factory = create();
    return {
      protocol: factory.protocol,
      createStreamMuxer(connection: MessageStream) {
        const muxer = factory.createStreamMuxer(connection) as unknown as YamuxMuxer;
        const onCreateStream = muxer.onCreateStream.bind(muxer);
        muxer.onCreateStream = () => {
          const stream = onCreateStream();
          lazyWindow(stream);
          return stream;
        };
        const onRemoteStream = muxer.onRemoteStream.bind(muxer);
        muxer.onRemoteStream = (stream) => {
          lazyWindow(stream);
          onRemoteStream(stream);
        };
        const onData = muxer.onData.bind(muxer);
        muxer.onData = (data) => {
          onData(data);
          const waiting = muxer.decoder?.buffer?.byteLength ?? 0;
          // The base class closes the connection on a throw.
          // guard: G1 bounded
          if (waiting > STREAM_WINDOW_BYTES_MAX + UPDATE_BYTES) throw new Error('yamux frame larger than any window');
        };
        return muxer;
      },
    };
  };
}
