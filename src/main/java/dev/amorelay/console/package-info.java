/** The operators' page. What it shows comes from the doors of the features that know it. */
@NullMarked
package dev.amorelay.console;

import org.jspecify.annotations.NullMarked;
