/** Maintenance of sold machines: reminders, what a model needs for it, and the date that the CRM and the relay tell each other. */
@NullMarked
package dev.amorelay.maintenance;

import org.jspecify.annotations.NullMarked;
