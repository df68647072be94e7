/** The JSON objects of an answer of one a line, as they come. */
export async function* readLines<T>(answer: Response): AsyncGenerator<T> {
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line) as T;
    if (done) break;
  }
  if (rest !== '') yield JSON.parse(rest) as T;
}
