/** What the engineers' console shows of the running routes. */
package dev.amorelay.monitoring;
