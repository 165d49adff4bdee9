package dev.amorelay.amocrm.tokens;

/** A consent that brought no tokens, for a reason that lies in what the redirect or the admin brought. */
class ConsentFailed extends RuntimeException {

    private final String remedy;

    /**
     * @param cause what is wrong, a Russian sentence
     * @param remedy what helps, a Russian sentence
     */
    ConsentFailed(String cause, String remedy) {
        super(cause, null, false, false);
        this.remedy = remedy;
    }

    /** @return what helps, a Russian sentence */
    String remedy() {
        return remedy;
    }
}
