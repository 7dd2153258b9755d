import { init, themeName } from '../engine.js';
import { withFormatters } from '../formatters.js';
import type { LiveChart } from '../live-chart.js';

/** A chart takes its drawing's place when it comes into view, at the width it has there; drawings are what is printed. */
export function enliven(): void {
  const text = document.getElementById('charts')?.textContent ?? '[]';
  const charts = new Map(
    (JSON.parse(text, withFormatters) as LiveChart[]).map((chart) => [chart.name, chart]),
  );
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const chart = charts.get(target.id);
        if (!isIntersecting || !chart) continue;
        observer.unobserve(target);
        show(chart, target);
      }
    },
    { rootMargin: '200px' },
  );
  for (const figure of document.querySelectorAll('figure')) observer.observe(figure);
}

function show({ height, option }: LiveChart, figure: Element): void {
  const plot = figure.querySelector('.plot');
  if (plot === null) return;
  const place = document.createElement('div');
  place.className = 'live';
  place.style.height = `${height}px`;
  plot.append(place);
  plot.classList.add('has-live');
  const chart = init(place, themeName, { renderer: 'svg' });
  chart.setOption(option);
  new ResizeObserver(() => {
    if (place.clientWidth > 0) chart.resize();
  }).observe(place);
}
