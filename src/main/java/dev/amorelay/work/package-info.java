/** Work by lease: rows are claimed, renewed while the worker lives, and settled once. Knows no flow. */
package dev.amorelay.work;
