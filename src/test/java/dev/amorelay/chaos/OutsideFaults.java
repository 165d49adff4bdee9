package dev.amorelay.chaos;

import java.util.List;

/** What happens to those that the relay talks to. */
final class OutsideFaults {

    private static final List<String> CRM = List.of("error500", "drop_before");
    private static final List<String> MAIL = List.of("{'fault':'down'}", "{'fault':'refuse_all'}", "{'fault':'hang','ms':60000}",
            "{'fault':'drop_after','percent':30}", "{'fault':'drop_before'}");
    private static final List<String> TELEGRAM = List.of("{'fault':'error429','retry_after':2}", "{'fault':'error500','percent':50}",
            "{'fault':'error429','retry_after':5,'percent':30}");

    private OutsideFaults() {
    }

    static void crmOutage(Trial trial) {
        for (int i = 0; i < trial.faults(); i++) {
            during(trial, 4, 7, "{'at':'crm','fault':'" + CRM.get(i % CRM.size()) + "'}");
        }
    }

    static void crmAmbiguous(Trial trial) {
        trial.caused();
        fault(trial, "{'at':'crm','fault':'drop_after','percent':5,'seed':3}");
        fault(trial, "{'at':'crm','fault':'error504_after','percent':5,'seed':4}");
        Pause.seconds(6.0 * trial.faults());
        trial.stage().outside().mend();
    }

    static void smtpOutage(Trial trial) {
        for (int i = 0; i < trial.faults(); i++) {
            during(trial, 3, 6, "{'at':'smtp'," + MAIL.get(i % MAIL.size()).substring(1));
        }
    }

    static void telegramFlood(Trial trial) {
        trial.sales().stream().filter(Sale::closed).forEach(sale -> trial.stage().outside().closeChat(sale.chat()));
        for (int i = 0; i < trial.faults(); i++) {
            during(trial, 3, 6, "{'at':'telegram'," + TELEGRAM.get(i % TELEGRAM.size()).substring(1));
        }
    }

    private static void during(Trial trial, double from, double to, String wish) {
        Pause.seconds(trial.between(2, 5));
        trial.caused();
        fault(trial, wish);
        Pause.seconds(trial.between(from, to));
        trial.stage().outside().mend();
    }

    private static void fault(Trial trial, String wish) {
        trial.stage().outside().fault(wish.replace('\'', '"'));
    }
}
