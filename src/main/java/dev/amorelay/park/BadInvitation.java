package dev.amorelay.park;

/** An invitation that the admin cannot have. */
public class BadInvitation extends ParkRefusal {

    /**
     * @param status HTTP status
     * @param detail what is wrong, a Russian sentence
     */
    BadInvitation(int status, String detail) {
        super(status, "Приглашение не создано", detail, "the invitation is not understood");
    }
}
