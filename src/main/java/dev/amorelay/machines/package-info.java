/** Sold machines: registered when their deal is won. */
package dev.amorelay.machines;
