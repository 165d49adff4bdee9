/** The one gate to amoCRM, and what the flows ask of it. No other code talks to amoCRM. */
package dev.amorelay.amocrm;
