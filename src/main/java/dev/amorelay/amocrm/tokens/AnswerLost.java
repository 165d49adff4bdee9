package dev.amorelay.amocrm.tokens;

/** A token call was sent, and no clear answer came: it may have been done or not. */
class AnswerLost extends RuntimeException {

    /**
     * @param how what happened instead, without secrets
     */
    AnswerLost(String how) {
        super(how, null, false, false);
    }
}
