/** Where the relay stores: the PostgreSQL server inside the process, or the one that is configured. */
@NullMarked
package dev.amorelay.database;

import org.jspecify.annotations.NullMarked;
