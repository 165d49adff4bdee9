/** amoCRM's API v4 as the stand-in speaks it, see docs/amocrm-facts.md. */
@NullMarked
package dev.amorelay.sandbox.crm;

import org.jspecify.annotations.NullMarked;
