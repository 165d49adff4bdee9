/** The one gate to amoCRM, and what the flows ask of it. No other code talks to amoCRM. */
@NullMarked
package dev.amorelay.amocrm;

import org.jspecify.annotations.NullMarked;
