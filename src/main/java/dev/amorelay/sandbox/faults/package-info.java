/** What goes wrong on wish: delays, refusals and lost answers of the stand-ins. */
@NullMarked
package dev.amorelay.sandbox.faults;

import org.jspecify.annotations.NullMarked;
