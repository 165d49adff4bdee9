package dev.amorelay.park;

/** Somebody could not be linked to a client. */
public class LinkRefused extends ParkRefusal {

    private LinkRefused(int status, String title, String detail, String message) {
        super(status, title, detail, message);
    }

    /** @return 400: the body is not what it should be */
    static LinkRefused unreadable() {
        return new LinkRefused(400, "Запрос не понят", "Нужен номер телефона, которым вы поделились, или приглашение.", "neither contact nor invitation");
    }

    /** @return 403: the contact is somebody else's */
    static LinkRefused notOwn() {
        return new LinkRefused(403, "Чужой контакт", "Поделитесь своим номером телефона.", "a contact of somebody else");
    }

    /** @return 404: the phone leads to nobody */
    static LinkRefused phoneUnknown() {
        return new LinkRefused(404, "Клиент не найден", "По этому номеру клиент не найден. Мы запомнили номер: как только менеджер внесёт его"
                + " в вашу карточку, ваш парк откроется сам. Или попросите у менеджера приглашение.", "the phone leads to nobody");
    }

    /** @return 409: the phone leads to several clients */
    static LinkRefused ambiguous() {
        return new LinkRefused(409, "Номер есть у нескольких клиентов", "Этот номер записан у нескольких клиентов. Мы спросили менеджера,"
                + " чей он: ваш парк откроется, как только он ответит.", "the phone leads to several clients");
    }

    /** @return 404: there is no such invitation */
    static LinkRefused noSuchInvitation() {
        return new LinkRefused(404, "Приглашение не найдено", "Такого приглашения нет. Попросите у менеджера новое.", "no such invitation");
    }

    /** @return 410: the invitation was used, or is too old */
    static LinkRefused usedUp() {
        return new LinkRefused(410, "Приглашение больше не действует", "Приглашение уже использовано или устарело. Попросите у менеджера новое.",
                "the invitation is used up");
    }
}
