import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { registerTheme, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { theme } from './theme.js';

use([
  BarChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  SVGRenderer,
]);
registerTheme('bench', theme);

/** Of every chart, still and live. */
export { init } from 'echarts/core';
export const themeName = 'bench';
