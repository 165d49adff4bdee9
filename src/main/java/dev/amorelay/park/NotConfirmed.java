package dev.amorelay.park;

/** What was brought proves nothing. */
public class NotConfirmed extends ParkRefusal {

    private NotConfirmed(int status, String title, String detail, String message) {
        super(status, title, detail, message);
    }

    /** @return 400: the body is not what it should be */
    static NotConfirmed unreadable() {
        return new NotConfirmed(400, "Запрос не понят", "Нужен код из чата с ботом или телефон, которым вы поделились.", "neither code nor contact");
    }

    /** @return 403: wrong, too old, or used */
    static NotConfirmed wrongCode() {
        return new NotConfirmed(403, "Код не подошёл", "Код не подошёл или устарел. Проверьте последний код в чате с ботом или поделитесь телефоном.",
                "a wrong, old or used proof");
    }
}
