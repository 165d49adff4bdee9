package dev.amorelay.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.settings.MaintenanceSettings;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four hundred simulated days on the real database: two nodes, skipped days, dates that change on the way. */
class CalendarIT extends Machines {

    private static final int DAYS = 400;
    private static final int MACHINES = 120;
    private static final List<Integer> STEPS = List.of(1, 7, 30);
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T06:00:00Z");
    private static final List<ZoneId> ZONES = List.of(ZoneId.of("Europe/Moscow"), ZoneId.of("Asia/Vladivostok"), ZoneId.of("America/New_York"));

    private final Map<UUID, ZoneId> zones = new HashMap<>();
    private final Map<UUID, LocalDate> dates = new HashMap<>();
    private final List<Map<String, Object>> told = new CopyOnWriteArrayList<>();
    private volatile Instant now = NEW_YEAR;

    /** What is announced of a machine. */
    private record Announcement(UUID machine, LocalDate day, int step) {
    }

    private final class Simulated extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private Reminders node(List<Integer> steps) {
        return new Reminders(jdbc, new MaintenanceSettings(steps, new MaintenanceSettings.Hours(9, 21)), List.of(), ZONES.get(0), new Simulated());
    }

    /** A machine of each account in turn; every third has a client with a chat, every fifth no deal. */
    private void sell(Random random) {
        for (int i = 0; i < ZONES.size(); i++) {
            jdbc.update("INSERT INTO amocrm_accounts (name, account_id, time_zone) VALUES (?, ?, ?)", "a" + i, i + 1, ZONES.get(i).getId());
        }
        for (int i = 0; i < MACHINES; i++) {
            UUID client = jdbc.queryForObject("INSERT INTO clients (name) VALUES (?) RETURNING id", UUID.class, "Завод " + i);
            if (i % 3 == 0) {
                jdbc.update("INSERT INTO telegram_users (tg_id, client_id) VALUES (?, ?)", 700_000_000L + i, client);
            }
            String deal = i % 5 == 0 ? null : String.valueOf(500 + i);
            if (deal != null) {
                jdbc.update("INSERT INTO amocrm_deals (account_id, amocrm_deal_id) VALUES (?, ?)", i % ZONES.size() + 1, deal);
            }
            UUID machine = jdbc.queryForObject("""
                    INSERT INTO machine_instances (serial_number, model, client_id, account_id, amocrm_deal_id) VALUES (?, '16К20', ?, ?, ?)
                    RETURNING id""", UUID.class, "SN-" + i, client, i % ZONES.size() + 1, deal);
            zones.put(machine, ZONES.get(i % ZONES.size()));
            move(machine, today(machine).plusDays(random.nextInt(-40, 300)), random);
        }
    }

    private LocalDate today(UUID machine) {
        return now.atZone(zones.get(machine)).toLocalDate();
    }

    /** Some time of the day: a date need not be midnight. */
    private void move(UUID machine, LocalDate day, Random random) {
        dates.put(machine, day);
        jdbc.update("UPDATE machine_instances SET next_maintenance_date = ? WHERE id = ?",
                Timestamp.from(day.atTime(random.nextInt(24), random.nextInt(60)).atZone(zones.get(machine)).toInstant()), machine);
    }

    /** By the rule, told once more in another language: what has to be announced of a machine today. */
    private Set<Announcement> due(UUID machine) {
        long left = ChronoUnit.DAYS.between(today(machine), dates.get(machine));
        return STEPS.stream().filter(step -> step >= left).findFirst()
                .map(step -> Set.of(new Announcement(machine, dates.get(machine), step))).orElse(Set.of());
    }

    private static void atOnce(List<Callable<Object>> calls) throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(calls.size());
        try {
            for (Future<Object> done : nodes.invokeAll(calls)) {
                done.get();
            }
        } finally {
            nodes.shutdown();
        }
    }

    private static Set<Announcement> announced() {
        return new HashSet<>(jdbc.query("SELECT machine_id, day, step FROM maintenance_announcements", (row, number) ->
                new Announcement(row.getObject("machine_id", UUID.class), row.getObject("day", LocalDate.class), row.getInt("step"))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyDueMachineIsAnnouncedExactlyOnceADateAndStep(long seed) throws Exception {
        Random random = new Random(seed);
        sell(random);
        List<UUID> machines = List.copyOf(dates.keySet());
        Reminders one = node(STEPS);
        Reminders two = node(STEPS);
        Set<Announcement> required = new HashSet<>();
        Set<Announcement> allowed = new HashSet<>();
        Map<Announcement, Instant> mornings = new HashMap<>();
        int awake = 0;
        int asleep = 0;
        for (int day = 0; day < DAYS; day++) {
            now = NEW_YEAR.plus(day, ChronoUnit.DAYS).plusSeconds(random.nextInt(600));
            IntStream.range(0, 3).forEach(change ->
                    move(machines.get(random.nextInt(MACHINES)), today(machines.get(0)).plusDays(random.nextInt(-3, 200)), random));
            asleep = asleep > 0 ? asleep - 1 : random.nextInt(12) == 0 ? random.nextInt(1, 25) : 0;
            if (asleep > 0) {
                continue;
            }
            awake++;
            // somebody changes one's date in the very moment: the morning may see either
            UUID moving = machines.get(random.nextInt(MACHINES));
            LocalDate then = today(moving).plusDays(random.nextInt(1, 100));
            machines.stream().filter(machine -> !machine.equals(moving)).flatMap(machine -> due(machine).stream()).forEach(due -> {
                required.add(due);
                mornings.putIfAbsent(due, now);
            });
            allowed.addAll(due(moving));
            CyclicBarrier together = new CyclicBarrier(3);
            List<Callable<Object>> calls = new ArrayList<>();
            for (Reminders node : List.of(one, two)) {
                calls.add(() -> {
                    together.await();
                    return told.addAll(node.announce(null, null));
                });
            }
            calls.add(() -> {
                together.await();
                move(moving, then, new Random(seed));
                return null;
            });
            atOnce(calls);
            allowed.addAll(due(moving));
        }

        assertThat(awake).isBetween(100, DAYS - 40);
        Set<Announcement> announced = announced();
        assertThat(announced).as("none is missed").containsAll(required);
        mornings.keySet().removeAll(allowed);
        allowed.addAll(required);
        assertThat(allowed).as("none that was not due").containsAll(announced);
        assertThat(required.stream().map(Announcement::step)).contains(1, 7, 30);
        everyEffectIsOwedOnce(announced);
        noneWasEarlyOrLate(mornings);
    }

    /** A message for each announcement where there is a chat, a task for each machine and date: what the flow makes its keys of. */
    private void everyEffectIsOwedOnce(Set<Announcement> announced) {
        List<UUID> withChat = jdbc.queryForList(
                "SELECT machine.id FROM machine_instances machine JOIN telegram_users USING (client_id)", UUID.class);
        assertThat(told.stream().filter(one -> one.get("chat") != null).map(one -> one.get("machine_id") + ":" + one.get("day") + ":" + one.get("step")))
                .containsExactlyInAnyOrderElementsOf(announced.stream().filter(one -> withChat.contains(one.machine()))
                        .map(one -> one.machine() + ":" + one.day() + ":" + one.step()).toList());
        assertThat(told.stream().map(one -> one.get("machine_id") + ":" + one.get("day")).distinct())
                .containsExactlyInAnyOrderElementsOf(announced.stream().map(one -> one.machine() + ":" + one.day()).distinct().toList());
    }

    /**
     * By what was written down: on its day each was so many days away, and no nearer step fitted better; and it was the first
     * morning on which somebody was awake.
     */
    private void noneWasEarlyOrLate(Map<Announcement, Instant> mornings) {
        jdbc.query("SELECT machine_id, day, step, announced_at FROM maintenance_announcements", row -> {
            LocalDate today = row.getTimestamp("announced_at").toInstant()
                    .atZone(zones.get(row.getObject("machine_id", UUID.class))).toLocalDate();
            long left = ChronoUnit.DAYS.between(today, row.getObject("day", LocalDate.class));
            int step = row.getInt("step");
            assertThat(left).isLessThanOrEqualTo(step);
            assertThat(STEPS.stream().filter(nearer -> nearer < step)).allMatch(nearer -> left > nearer);
            Announcement announcement = new Announcement(row.getObject("machine_id", UUID.class), row.getObject("day", LocalDate.class), step);
            assertThat(row.getTimestamp("announced_at").toInstant())
                    .isEqualTo(mornings.getOrDefault(announcement, row.getTimestamp("announced_at").toInstant()));
        });
    }

    @Test
    void theDayTurnsAtTheAccountsMidnight() {
        sell(new Random(3));
        UUID far = zones.entrySet().stream().filter(one -> one.getValue().getId().equals("Asia/Vladivostok")).findFirst().orElseThrow().getKey();
        jdbc.update("UPDATE machine_instances SET next_maintenance_date = NULL");
        move(far, LocalDate.parse("2026-03-31"), new Random(4));
        // 30 days before begins on 1 March in Vladivostok, ten hours ahead
        now = Instant.parse("2026-02-28T13:59:59Z");
        assertThat(node(List.of(30)).announce(null, null)).isEmpty();
        now = Instant.parse("2026-02-28T14:00:00Z");
        assertThat(node(List.of(30)).announce(null, null)).hasSize(1);
        assertThat(announced()).containsExactly(new Announcement(far, LocalDate.parse("2026-03-31"), 30));
    }

    @Test
    void nobodyIsWrittenToAtNight() {
        sell(new Random(3));
        // the machines whose clients have a chat, one of each zone
        jdbc.update("UPDATE machine_instances SET next_maintenance_date = NULL");
        jdbc.update("INSERT INTO telegram_users (tg_id, client_id) SELECT 800000000 + account_id, client_id FROM machine_instances"
                + " WHERE serial_number IN ('SN-0', 'SN-1', 'SN-2') ON CONFLICT DO NOTHING");
        now = Instant.parse("2026-07-01T06:00:00Z");
        for (int i = 0; i < 3; i++) {
            UUID machine = jdbc.queryForObject("SELECT id FROM machine_instances WHERE serial_number = ?", UUID.class, "SN-" + i);
            move(machine, today(machine).plusDays(10), new Random(i));
        }
        told.addAll(node(List.of(30)).announce(null, null));
        assertThat(sendingOf(0)).as("nine in Moscow").isEqualTo(now);
        assertThat(sendingOf(1)).as("four in the afternoon in Vladivostok").isEqualTo(now);
        assertThat(sendingOf(2)).as("two at night in New York").isEqualTo(Instant.parse("2026-07-01T13:00:00Z"));

        jdbc.update("TRUNCATE maintenance_announcements");
        told.clear();
        now = Instant.parse("2026-07-02T02:00:00Z");
        told.addAll(node(List.of(30)).announce(null, null));
        assertThat(sendingOf(2)).as("ten in the evening").isEqualTo(Instant.parse("2026-07-02T13:00:00Z"));
        assertThat(of(2).get("days")).as("as it is when the message goes").isEqualTo(9);
    }

    private Map<String, Object> of(int machine) {
        return told.stream().filter(one -> one.get("serial").equals("SN-" + machine)).findFirst().orElseThrow();
    }

    private Instant sendingOf(int machine) {
        return Instant.ofEpochSecond((Long) of(machine).get("send_at"));
    }

    @Test
    void whatWasMissedByMoreThanAStepIsAnnouncedOnceWithTheNewestOnly() {
        sell(new Random(5));
        UUID machine = dates.keySet().iterator().next();
        jdbc.update("UPDATE machine_instances SET next_maintenance_date = NULL");
        move(machine, today(machine).plusDays(5), new Random(6));
        node(STEPS).announce(null, null);
        node(STEPS).announce(null, null);
        assertThat(announced()).containsExactly(new Announcement(machine, dates.get(machine), 7));
    }
}
