/**
 * A scheduler: one worker after the other is filled, so that the last ones may rest.
 *
 *     bench ./server.js --policy rr,./examples/policies/fill-first.mjs --workers 4
 */
const full = 16;

export default {
  needs: { active: true },
  create: () => ({
    pick(candidates) {
      const fewest = Math.min(...candidates.map(({ active }) => active));
      return (
        candidates.find(({ active }) => active < full) ?? candidates.find(({ active }) => active === fewest)
      );
    },
  }),
};
