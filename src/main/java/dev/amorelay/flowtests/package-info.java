/** Tests of flows, written in YAML by engineers: read, run against the real relay with stand-ins outside, reported. Nothing here is part of a relay that serves. */
@NullMarked
package dev.amorelay.flowtests;

import org.jspecify.annotations.NullMarked;
