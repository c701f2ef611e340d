import type mysql from 'mysql2';

/** Ends connections of a pool that lead to a server which should be left, so that new ones are made in their place. */
export interface Connections {
  /** All there are by now: those that are in use end when they come back. */
  leave(): void;
}

export function connectionsOf(pool: mysql.Pool): Connections {
  const all = new Set<mysql.PoolConnection>();
  const idle = new Set<mysql.PoolConnection>();
  const left = new WeakSet<mysql.PoolConnection>();
  pool.on('connection', (connection) => {
    all.add(connection);
    connection.once('end', () => {
      all.delete(connection);
      idle.delete(connection);
    });
  });
  pool.on('acquire', (connection) => idle.delete(connection));
  pool.on('release', (connection) => {
    if (left.has(connection)) end(connection);
    else idle.add(connection);
  });

  function end(connection: mysql.PoolConnection): void {
    all.delete(connection);
    idle.delete(connection);
    connection.destroy();
  }

  return {
    leave() {
      for (const connection of all) {
        left.add(connection);
        if (idle.has(connection)) end(connection);
      }
    },
  };
}
