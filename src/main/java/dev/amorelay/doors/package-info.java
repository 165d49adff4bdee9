/** What all HTTP doors share: which headers pass, and how a refusal is told. */
package dev.amorelay.doors;
