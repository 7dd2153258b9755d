import type { PartsFormat } from './format.js';

export const csv = {
  name: 'csv',
  summary: 'two tables: a row per trial and slot, and a row per cell',
  extension: 'csv',
  renderParts: async (run) => {
    const { cellsTable, trialsTable } = await import('../csv/tables.js');
    return [
      { name: 'trials', text: trialsTable(run) },
      { name: 'cells', text: cellsTable(run) },
    ];
  },
} satisfies PartsFormat;
