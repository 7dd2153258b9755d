import { echo } from './echo.js';
import type { Workload } from './workload.js';

export const longlived = {
  ...echo,
  name: 'longlived',
  summary: 'TCP connections opened once; messages come at a rate, on some far more often than on others',
  pattern: 'uneven',
  rate: 1000,
} satisfies Workload;
