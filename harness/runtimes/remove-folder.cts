import fs = require('node:fs');
import path = require('node:path');

/** Remove a trial's folder, and the sockets that its server has left. What cannot be removed stays. */
function removeFolder(folder: string): void {
  removeSockets(folder);
  try {
    // Not being there is no error to `force`; to be under a file, or on a disk that fails, is.
    fs.rmSync(folder, { recursive: true, force: true });
  } catch {} // It is left behind.
}

/**
 * A server that is killed leaves the socket files that it listened on, and the next one could not bind them: the probes'
 * events in `folder` name them. Whatever else has come to lie there is left alone.
 */
function removeSockets(folder: string): void {
  try {
    for (const name of fs.readdirSync(folder))
      if (name.endsWith('.events'))
        for (const socket of socketsIn(fs.readFileSync(path.join(folder, name), 'utf8'))) remove(socket);
  } catch {} // It is gone, or cannot be read: then nothing is known.
}

/** The last line may have been cut off when the process was killed. */
function socketsIn(events: string): string[] {
  return events.split('\n').flatMap((line) => {
    try {
      const event = JSON.parse(line);
      return event.type === 'listen' && typeof event.path === 'string' ? [event.path] : [];
    } catch {
      return [];
    }
  });
}

function remove(socket: string): void {
  try {
    if (fs.lstatSync(socket).isSocket()) fs.unlinkSync(socket);
  } catch {} // The server has removed it itself, or it is no file.
}

export = removeFolder;
