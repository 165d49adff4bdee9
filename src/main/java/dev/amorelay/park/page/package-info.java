/** The Mini App's page: hand-written files, served so that a slow phone sees something at once and asks for them once. */
@NullMarked
package dev.amorelay.park.page;

import org.jspecify.annotations.NullMarked;
