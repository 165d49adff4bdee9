/**
 * The engineer's workshop: a folder of flows is checked as a whole before any of it runs ({@code validate}), and an edited one is
 * put in the place of the running one without a moment in which a door is closed. Knows no flow.
 */
@NullMarked
package dev.amorelay.workshop;

import org.jspecify.annotations.NullMarked;
