/** Work by lease: rows are claimed, renewed while the worker lives, and settled once. Knows no flow. */
@NullMarked
package dev.amorelay.work;

import org.jspecify.annotations.NullMarked;
