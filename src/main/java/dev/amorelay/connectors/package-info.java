/** How the connectors of {@code routes/kamelets} are run. */
package dev.amorelay.connectors;
