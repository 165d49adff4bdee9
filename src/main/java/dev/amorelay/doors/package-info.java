/** What all HTTP doors share: which headers pass, and how a refusal is told. */
@NullMarked
package dev.amorelay.doors;

import org.jspecify.annotations.NullMarked;
