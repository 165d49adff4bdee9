/** JSON as the relay reads and writes it, and what of it PostgreSQL can store. */
@NullMarked
package dev.amorelay.json;

import org.jspecify.annotations.NullMarked;
