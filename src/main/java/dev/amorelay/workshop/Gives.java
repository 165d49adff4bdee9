package dev.amorelay.workshop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the next step of a flow meets after a method, where the method's own type does not tell: since it ends the exchange where it
 * gives anything else.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Gives {

    /** @return the type of the body then */
    Class<?> value();
}
