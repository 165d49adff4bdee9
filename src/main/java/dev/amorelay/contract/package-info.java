/** The contract of all doors, an OpenAPI document: read by those who keep it, and shown to those who call. */
@NullMarked
package dev.amorelay.contract;

import org.jspecify.annotations.NullMarked;
