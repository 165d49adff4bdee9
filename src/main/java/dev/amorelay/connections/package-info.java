/** What a connection to the doors may cost: time, threads, and how many of them there are. */
@NullMarked
package dev.amorelay.connections;

import org.jspecify.annotations.NullMarked;
