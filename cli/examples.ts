import type { Choice, VerbName } from './flag.js';

/** What a verb is for, in a sentence or two, and what it may look like: the simplest first. */
export interface Explanation {
  about: string;
  examples: readonly Choice[];
}

export const explanations: Record<VerbName, Explanation> = {
  run: {
    about:
      'Starts a server under each policy, drives it, and tells which process got how many connections, whether that is chance, and what it costs. Without an app it is a built-in one, --workload.',
    examples: [
      { name: 'bench -p rr,shared -w 4', summary: 'two policies, on a built-in server' },
      { name: 'bench ./server.js -p rr,shared', summary: 'any server, unmodified' },
      { name: 'bench ./server.js --node 22,24', summary: 'two versions of Node' },
      { name: 'bench -l http -w 2,4 -o main.json', summary: 'HTTP, two numbers of workers' },
      { name: 'bench -l http --rate 1000 -d 10s', summary: 'at a rate, not as fast as it can' },
      { name: 'bench --scenario kill -w 2', summary: 'what clients suffer when a worker dies' },
      { name: "bench -l http --threshold 'p99<50ms'", summary: 'exit code 99 where it is missed' },
      { name: 'bench --html report.html', summary: 'a page with charts besides' },
    ],
  },
  ab: {
    about:
      'Measures base and candidate in random turns until each metric that decides is better, worse or the same. What is not said of one side is as it is for both. Exit code 99: worse.',
    examples: [
      { name: 'bench ab --base old.js --candidate new.js', summary: 'two servers' },
      { name: 'bench ab ./server.js --base-node 22 --candidate-node 24', summary: 'two versions of Node' },
      { name: 'bench ab --base-policy rr --candidate-policy shared', summary: 'two policies' },
    ],
  },
  compare: {
    about:
      'Compares two files that bench has written, cell by cell. bench ab tells smaller differences: it measures both in turns. Exit code 99: the candidate is worse.',
    examples: [
      { name: 'bench compare main.json branch.json', summary: 'base, then candidate' },
      { name: 'bench compare main.json branch.json --format markdown', summary: 'for a pull request' },
    ],
  },
  report: {
    about:
      'Shows again what was shown when the run ended, from its file alone, or from the journal of a run that did not end.',
    examples: [
      { name: 'bench report main.json', summary: 'what it looked like' },
      { name: 'bench report main.json --format markdown', summary: 'for a pull request' },
      { name: 'bench report main.json --html report.html', summary: 'a page with charts' },
      { name: "bench report main.json --threshold 'p99<20ms'", summary: 'exit code 99 where it is missed' },
    ],
  },
  history: {
    about: 'Follows figures over the files of many runs, one a night say, and tells where they changed.',
    examples: [
      { name: 'bench history bench-results', summary: 'all files of a folder' },
      { name: 'bench history bench-results -p rr --metric p99,jain', summary: 'of one policy' },
    ],
  },
  inspect: {
    about:
      'Starts a server, opens a few connections one after the other, and shows its processes, who holds which listening socket, and what primary and workers say to each other.',
    examples: [
      { name: 'bench inspect -p shared -w 4', summary: 'a built-in server' },
      { name: 'bench inspect ./server.js', summary: 'any server, unmodified' },
    ],
  },
  doctor: {
    about:
      'Tells in about 20 seconds what on this machine spoils a measurement, and how small a difference a run can show.',
    examples: [{ name: 'bench doctor', summary: 'where nothing else runs, as for a measurement' }],
  },
  list: {
    about:
      'Has a line for each of what can be named: policies, schedulers, workloads, scenarios, drivers, formats.',
    examples: [
      { name: 'bench list policies', summary: 'of --policy' },
      { name: 'bench list workloads', summary: 'of --workload' },
    ],
  },
  completion: {
    about: 'Prints a script that makes bash, zsh or fish (by $SHELL) complete verbs, flags and names.',
    examples: [{ name: 'bench completion >> ~/.bashrc', summary: 'for every new bash' }],
  },
};
