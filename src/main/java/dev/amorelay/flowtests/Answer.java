package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * What the outside answers to some calls.
 *
 * @param place where it stands
 * @param pattern which calls
 * @param asked what their bodies must have; missing for anything
 * @param status of HTTP or SMTP; 0 = the stand-in answers
 * @param body of the answer
 * @param type its content type
 * @param after so long after the call
 * @param lost whether the connection is lost in place of the answer
 * @param times so often at most; 0 = always
 * @param maybe whether nobody need ask for it
 */
record Answer(Place place, CallPattern pattern, JsonNode asked, int status, String body, String type, Duration after, Lost lost, int times,
              boolean maybe) {

    /** How the connection is lost. */
    enum Lost {
        /** It is not. */
        NO,
        /** Nothing was done. */
        BEFORE,
        /** The stand-in has done it. */
        AFTER
    }
}
