/** What a connection to the doors may cost: time, threads, and how many of them there are. */
package dev.amorelay.connections;
