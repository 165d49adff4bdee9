package dev.amorelay.service;

import dev.amorelay.amocrm.AccountZones;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Reads what an engineer writes about finished work. */
@Component("completionReader")
public class CompletionReader {

    private static final int LONGEST_RESULT = 2000;
    private static final int MOST_YEARS = 10;

    private final Clock clock;
    private final RequestBook book;
    private final AccountZones zones;

    /**
     * @param book whose request it is
     * @param zones by whose clock a day is one to come
     */
    @Autowired
    public CompletionReader(RequestBook book, AccountZones zones) {
        this(book, zones, Clock.systemUTC());
    }

    CompletionReader(RequestBook book, AccountZones zones, Clock clock) {
        this.book = book;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * Reads the engineer's form.
     *
     * @param id our uuid of the request, as it stands in the address
     * @param body {@code {result, next_maintenance?: "2027-05-20"}}
     * @return what was done
     * @throws RequestRejected when the result is missing, or the date is none, or not within the next ten years
     */
    public Completion read(@Variable("request") String id, @Body byte[] body) {
        JsonObject form = JsonObject.of(body, new ArrayList<>());
        String result = form.text("result", LONGEST_RESULT, "Опишите работу короче: не больше " + LONGEST_RESULT + " знаков");
        if (result == null) {
            form.wrong("result", "Напишите, что сделано");
        }
        LocalDate next = day(form, id);
        form.check();
        return new Completion(result, next);
    }

    private LocalDate day(JsonObject form, String request) {
        String rule = "Дата следующего ТО: день позже сегодняшнего, в ближайшие " + MOST_YEARS + " лет";
        String told = form.text("next_maintenance", "2027-05-20".length(), rule);
        if (told == null) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(told);
            LocalDate today = LocalDate.ofInstant(clock.instant(), zones.of(book.accountOf(request)));
            if (day.isAfter(today) && !day.isAfter(today.plusYears(MOST_YEARS))) {
                return day;
            }
        } catch (DateTimeException e) {
            // the same as a day that cannot be
        }
        form.wrong("next_maintenance", rule);
        return null;
    }
}
