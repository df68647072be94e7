import uPlot from 'uplot';

/** A colour of the page as it is now. */
function colour(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name);
}

/** `17:13:58`, in the reader's zone. */
function clock(seconds: number): string {
  return new Date(seconds * 1000).toTimeString().slice(0, 8);
}

/** Milliseconds over time: points and a line, no legend. */
export function makePlot(element: HTMLElement, height: number, data: uPlot.AlignedData): uPlot {
  // A custom property with light-dark() resolves only where it is a colour of something.
  const probe = document.createElement('span');
  element.append(probe);
  const resolved = (name: string) => {
    probe.style.color = `var(${name})`;
    return colour(probe, 'color');
  };
  const axis = {
    stroke: () => resolved('--muted'),
    grid: { stroke: () => resolved('--line'), width: 1 },
    ticks: { stroke: () => resolved('--line'), width: 1 },
  };
  return new uPlot(
    {
      width: element.clientWidth,
      height,
      legend: { show: false },
      cursor: { y: false },
      scales: { y: { range: (_plot, _min, max) => [0, Math.max(10, max * 1.15)] } },
      axes: [
        { ...axis, space: 80, values: (_plot, splits) => splits.map(clock) },
        { ...axis, size: 56, values: (_plot, splits) => splits.map((value) => `${value}`) },
      ],
      series: [
        {},
        {
          stroke: () => resolved('--accent'),
          width: 1.5,
          points: { show: true, size: 5, fill: () => resolved('--accent'), stroke: () => resolved('--accent') },
        },
      ],
    },
    data,
    element,
  );
}
