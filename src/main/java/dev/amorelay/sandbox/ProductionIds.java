package dev.amorelay.sandbox;

/** Ids of the account that the replaced system used; the sandbox's seed carries the same. */
public final class ProductionIds {

    public static final long PIPELINE = 10226282;
    public static final long PIPELINE_PARTS = 10245926;
    public static final long STATUS_NEW = 80953554;
    public static final long STATUS_IN_WORK = 80953558;
    public static final long STATUS_WON = 142;
    public static final long USER = 12380450;
    public static final long FIELD_SERIAL = 712629;
    public static final long FIELD_MODEL = 712631;
    public static final long FIELD_TELEGRAM_ID = 712633;
    public static final long FIELD_CONFIGURATION = 712635;
    public static final long FIELD_NEXT_MAINTENANCE = 712637;
    public static final long FIELD_INN = 712639;
    public static final long FIELD_LEAD_UUID = 712641;

    private ProductionIds() {
    }
}
