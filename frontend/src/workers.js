// The editor checks and completes in workers. They are files of their own, beside this one: nothing is evaluated.
globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(new URL(WORKERS[label] ?? WORKERS.editor, import.meta.url)),
};
