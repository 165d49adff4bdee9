package dev.amorelay.service;

import dev.amorelay.park.ParkRefusal;

/** What is asked for does not follow from how far the request is, or there are too many of them: 409. */
public final class OutOfTurn extends ParkRefusal {

    private OutOfTurn(String detail, String message) {
        super(409, "Так не получится", detail, message);
    }

    static OutOfTurn of(ServiceRequest request) {
        return new OutOfTurn("Заявка №" + request.number() + " " + request.status().label() + ".", "the request is " + request.status().code());
    }

    static OutOfTurn tooMany(int open) {
        return new OutOfTurn("По этому станку уже " + open + " открытых заявок. Дождитесь инженера или отмените одну из них.",
                "too many open requests of one machine");
    }
}
