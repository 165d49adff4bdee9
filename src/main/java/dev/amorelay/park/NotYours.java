package dev.amorelay.park;

/** There is no such thing among what is one's own: 404, whether or not somebody else has it. */
public class NotYours extends ParkRefusal {

    /**
     * @param detail what is not there, a Russian sentence
     */
    public NotYours(String detail) {
        super(404, "Не найдено", detail, "not among the user's own");
    }
}
