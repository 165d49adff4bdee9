package dev.amorelay.park;

/** Nobody has proved who is asking: 401. */
public class NotSignedIn extends ParkRefusal {

    private static final String TITLE = "Вход не подтверждён";

    private NotSignedIn(String detail, String message) {
        super(401, TITLE, detail, message);
    }

    /**
     * What was brought is not Telegram's word.
     *
     * @param why for the log
     * @return the refusal
     */
    static NotSignedIn unsigned(String why) {
        return new NotSignedIn("Откройте «Мой парк» в Telegram: без него неизвестно, чьи станки показать.", why);
    }

    /**
     * It was Telegram's word, too long ago for what is asked.
     *
     * @return the refusal
     */
    static NotSignedIn stale() {
        return new NotSignedIn("Вход устарел. Закройте «Мой парк» и откройте его снова.", "signed too long ago");
    }
}
