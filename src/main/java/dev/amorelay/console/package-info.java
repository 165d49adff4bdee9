/** The operators' page. What it shows comes from the doors of the features that know it. */
package dev.amorelay.console;
