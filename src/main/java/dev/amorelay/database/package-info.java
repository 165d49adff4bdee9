/** Where the relay stores: the PostgreSQL server inside the process, or the one that is configured. */
package dev.amorelay.database;
