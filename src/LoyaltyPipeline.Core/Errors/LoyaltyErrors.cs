using System.Reflection;

namespace LoyaltyPipeline.Core.Errors;

/// <summary>The error catalogue: every failure that the product understands.</summary>
public static class LoyaltyErrors
{
    /// <summary>The catalog file cannot be used.</summary>
    public static readonly ErrorDefinition CatalogInvalid = new(nameof(CatalogInvalid), ErrorKind.InvalidData,
        "Correct the catalog at the line named, or take the file of the module's release.");

    /// <summary>A configuration file cannot be used.</summary>
    public static readonly ErrorDefinition ConfigInvalid = new(nameof(ConfigInvalid), ErrorKind.InvalidInput,
        "Correct the configuration at the line named; New-LoyaltyConfig writes one with every setting.");

    /// <summary>A configuration file that is to be tested is not there.</summary>
    public static readonly ErrorDefinition ConfigNotFound = new(nameof(ConfigNotFound), ErrorKind.NotFound,
        "Check the path; New-LoyaltyConfig writes a configuration to begin with.");

    /// <summary>There is a configuration file already.</summary>
    public static readonly ErrorDefinition ConfigExists = new(nameof(ConfigExists), ErrorKind.InvalidOperation,
        "Give another -Path, or -Force, which writes the defaults in its place.");

    /// <summary>A configuration file cannot be written.</summary>
    public static readonly ErrorDefinition ConfigUnwritable = new(nameof(ConfigUnwritable), ErrorKind.Unavailable,
        "Give -Path: a file whose name ends with .yml, in a folder in which you may write.");

    /// <summary>Master_Table.sql cannot be used.</summary>
    public static readonly ErrorDefinition MasterScriptInvalid = new(nameof(MasterScriptInvalid), ErrorKind.InvalidData,
        "Correct sql/Master_Table.sql; a column it yields must stand in the catalog under LOYALTY.MASTER.");

    /// <summary>No warehouse was named and none is connected.</summary>
    public static readonly ErrorDefinition WarehouseNotConnected = new(nameof(WarehouseNotConnected), ErrorKind.InvalidOperation,
        "Run Connect-LoyaltyWarehouse first, give -Warehouse, or set the environment variable LOYALTY_WAREHOUSE to a DuckDB file.");

    /// <summary>The warehouse was disconnected.</summary>
    public static readonly ErrorDefinition WarehouseClosed = new(nameof(WarehouseClosed), ErrorKind.InvalidOperation,
        "Run Connect-LoyaltyWarehouse again and use the object it returns.");

    /// <summary>The warehouse cannot be opened.</summary>
    public static readonly ErrorDefinition WarehouseUnavailable = new(nameof(WarehouseUnavailable), ErrorKind.Unavailable,
        "Check that the path is right, that its folder exists and that you may write there.");

    /// <summary>The DuckDB file went away while it was open, or another was put in its place.</summary>
    public static readonly ErrorDefinition WarehouseFileLost = new(nameof(WarehouseFileLost), ErrorKind.Unavailable,
        "Run Disconnect-LoyaltyWarehouse in every session of this process that has the file open, put a copy in its place if there is one, then connect again.");

    /// <summary>The warehouse was opened for reading only.</summary>
    public static readonly ErrorDefinition WarehouseReadOnly = new(nameof(WarehouseReadOnly), ErrorKind.PermissionDenied,
        "Run Connect-LoyaltyWarehouse without -ReadOnly to write, or let the cmdlet plan with -WhatIf.");

    /// <summary>Another process has the DuckDB file open.</summary>
    public static readonly ErrorDefinition WarehouseBusy = new(nameof(WarehouseBusy), ErrorKind.Busy,
        "Wait for the other process with -LockTimeout, or end it; a DuckDB file is open in one process at a time.");

    /// <summary>Another program has a file open that is to be read, moved, replaced or removed.</summary>
    public static readonly ErrorDefinition FileInUse = new(nameof(FileInUse), ErrorKind.Busy,
        "Close the file in the other program, such as a viewer, a backup or a virus scanner, and run again.");

    /// <summary>DuckDB takes no more statements for the warehouse: what it could not write it could not take back either.</summary>
    public static readonly ErrorDefinition WarehouseStopped = new(nameof(WarehouseStopped), ErrorKind.Unavailable,
        "Free the disk, or the file that the message names, then run Connect-LoyaltyWarehouse again; where other sessions of this process have it open, run Disconnect-LoyaltyWarehouse in them first. What was committed is there.");

    /// <summary>The session with the engine ended while it was needed.</summary>
    public static readonly ErrorDefinition WarehouseSessionLost = new(nameof(WarehouseSessionLost), ErrorKind.Unavailable,
        "Run again: what was not committed is gone, and the warehouse is as it was before the run.");

    /// <summary>The engine refused the login.</summary>
    public static readonly ErrorDefinition WarehouseLoginDenied = new(nameof(WarehouseLoginDenied), ErrorKind.PermissionDenied,
        "Check account, user, role and key, token or password; a token may have expired.");

    /// <summary>What says how to connect to Snowflake cannot be used.</summary>
    public static readonly ErrorDefinition SnowflakeConnectionInvalid = new(nameof(SnowflakeConnectionInvalid), ErrorKind.InvalidInput,
        "Name a section of connections.toml, in $SNOWFLAKE_HOME or ~/.snowflake, or give -Account, -User and -PrivateKeyPath, -Credential or -Token.");

    /// <summary>The Snowflake driver is not there.</summary>
    public static readonly ErrorDefinition SnowflakeDriverMissing = new(nameof(SnowflakeDriverMissing), ErrorKind.NotFound,
        "Build the module where the package source holds Snowflake.Data (./build.ps1), copy the driver and its dependencies into module/deps/snowflake, or set LOYALTY_SNOWFLAKE_DRIVER to their folder.");

    /// <summary>The warehouse lacks its tables.</summary>
    public static readonly ErrorDefinition WarehouseNotInitialized = new(nameof(WarehouseNotInitialized), ErrorKind.InvalidOperation,
        "Run Initialize-LoyaltyWarehouse once; it creates what is missing and changes nothing else.");

    /// <summary>A newer version of the module has given the warehouse another form.</summary>
    public static readonly ErrorDefinition WarehouseTooNew = new(nameof(WarehouseTooNew), ErrorKind.InvalidOperation,
        "Use the newer version of the module, which can be installed beside this one, on every machine that works on the warehouse. Nothing was changed.");

    /// <summary>A table of the warehouse differs from the catalog in a way that cannot be upgraded.</summary>
    public static readonly ErrorDefinition SchemaConflict = new(nameof(SchemaConflict), ErrorKind.InvalidData,
        "Rename or convert the column named, then run Initialize-LoyaltyWarehouse again.");

    /// <summary>A query of the user's own reads what it may not, or does more than read.</summary>
    public static readonly ErrorDefinition QueryRefused = new(nameof(QueryRefused), ErrorKind.InvalidInput,
        "Write one SELECT over tables and views of the warehouse and of its sources; about_LoyaltyIntegrity says what else it may use.");

    /// <summary>What a query calls its parameters and the values that are given do not fit together.</summary>
    public static readonly ErrorDefinition QueryParameterInvalid = new(nameof(QueryParameterInvalid), ErrorKind.InvalidInput,
        "Write @name in the query and give each name one value: -Parameter @{ name = 'value' }.");

    /// <summary>The engine refused or failed a statement.</summary>
    public static readonly ErrorDefinition QueryFailed = new(nameof(QueryFailed), ErrorKind.Unavailable,
        "Read the engine's message; if it speaks of memory or disk, free some and run again: nothing was changed.");

    /// <summary>
    /// The engine ended a statement before it was done: somebody cancelled it there, or it took longer than statements may.
    /// </summary>
    public static readonly ErrorDefinition QueryCancelled = new(nameof(QueryCancelled), ErrorKind.Unavailable,
        "Find out who cancelled the statement, then run again: nothing was changed.");

    /// <summary>
    /// A run was stopped before its end: by Ctrl+C, by a request to the process to end, by what read the pipeline. The run log says so; a
    /// cmdlet that is stopped writes no error.
    /// </summary>
    public static readonly ErrorDefinition Cancelled = new(nameof(Cancelled), ErrorKind.InvalidOperation,
        "Start it again if it was not meant to stop: what it had begun was taken back.");

    /// <summary>A failure that this catalogue does not foresee.</summary>
    public static readonly ErrorDefinition UnexpectedFailure = new(nameof(UnexpectedFailure), ErrorKind.InvalidOperation,
        "This failure is not one the module foresees; $Error[0].Exception has its details. Please report it with them.");

    /// <summary>Another run holds the lock of the warehouse.</summary>
    public static readonly ErrorDefinition RunLocked = new(nameof(RunLocked), ErrorKind.Busy,
        "Wait for the other run with -LockTimeout, or start again when it has ended.");

    /// <summary>A run was silent for so long that another run took its lock.</summary>
    public static readonly ErrorDefinition RunLockLost = new(nameof(RunLockLost), ErrorKind.InvalidOperation,
        "Run again. Nothing was changed; look for what kept the machine or its network from working for minutes.");

    /// <summary>Somebody else has written the next entry of the audit trail.</summary>
    public static readonly ErrorDefinition AuditHeadMoved = new(nameof(AuditHeadMoved), ErrorKind.Busy,
        "Run again. Nothing was changed; where it happens again, Test-PipelineIntegrity -Table AUDIT says whether the trail is sound.");

    /// <summary>The head of the audit trail is gone, or there are several.</summary>
    public static readonly ErrorDefinition AuditHeadMissing = new(nameof(AuditHeadMissing), ErrorKind.InvalidData,
        "Restore LOYALTY.AUDIT_HEAD from a copy of the warehouse; nothing is changed that cannot be noted. Get-LoyaltyAudit shows the trail.");

    /// <summary>There is a file where a backup is to be written.</summary>
    public static readonly ErrorDefinition BackupExists = new(nameof(BackupExists), ErrorKind.InvalidOperation,
        "Name another file, or move that one away; a backup takes the place of nothing.");

    /// <summary>A backup could not be written.</summary>
    public static readonly ErrorDefinition BackupFailed = new(nameof(BackupFailed), ErrorKind.Unavailable,
        "Make room, or name a folder in which you may write, and run again. There is no file, and the warehouse is as it was.");

    /// <summary>The engine keeps the warehouse, which is no file to copy.</summary>
    public static readonly ErrorDefinition BackupNotSupported = new(nameof(BackupNotSupported), ErrorKind.InvalidOperation,
        "On Snowflake use CREATE DATABASE … CLONE for a copy, and Time Travel (AT, BEFORE, UNDROP) for what was changed or dropped lately.");

    /// <summary>A file or folder to import does not exist.</summary>
    public static readonly ErrorDefinition SourcePathNotFound = new(nameof(SourcePathNotFound), ErrorKind.NotFound,
        "Check the path; it must be a file, or a folder of files named after source tables.");

    /// <summary>A file name names no source table.</summary>
    public static readonly ErrorDefinition SourceTableUnknown = new(nameof(SourceTableUnknown), ErrorKind.NotFound,
        "Name the file after its table, for example USER_ACTIVITY.csv.gz or USER_ACTIVITY_01.csv, or give -Table.");

    /// <summary>A file has a format that cannot be imported.</summary>
    public static readonly ErrorDefinition SourceFormatUnknown = new(nameof(SourceFormatUnknown), ErrorKind.InvalidInput,
        "Import .csv, .csv.gz, .parquet, .jsonl, .ndjson or their .gz forms.");

    /// <summary>A file cannot be read.</summary>
    public static readonly ErrorDefinition SourceFileUnreadable = new(nameof(SourceFileUnreadable), ErrorKind.InvalidData,
        "Have the file delivered again, whole; nothing of it was imported.");

    /// <summary>A file lacks a column that the table needs.</summary>
    public static readonly ErrorDefinition SourceColumnMissing = new(nameof(SourceColumnMissing), ErrorKind.InvalidData,
        "Add the column to the file's header, or import with the right -Table or -Delimiter.");

    /// <summary>Too many rows of an import were rejected.</summary>
    public static readonly ErrorDefinition TooManyRejected = new(nameof(TooManyRejected), ErrorKind.InvalidData,
        "Look at the reasons with Get-LoyaltyQuarantine and repair the file, or raise -MaxRejected; nothing was imported.");

    /// <summary>A number of Master is too large for its type.</summary>
    public static readonly ErrorDefinition MasterOverflow = new(nameof(MasterOverflow), ErrorKind.InvalidData,
        "Have the rows of the users corrected in the sources, or give the column a wider type in catalog.yml and in Master_Table.sql. Nothing was changed.");

    /// <summary>There is no such kind of personal data.</summary>
    public static readonly ErrorDefinition PiiKindUnknown = new(nameof(PiiKindUnknown), ErrorKind.NotFound,
        "Use a kind that Get-Help Find-LoyaltyPii names.");

    /// <summary>A source that the merge needs is missing or empty.</summary>
    public static readonly ErrorDefinition SourceMissing = new(nameof(SourceMissing), ErrorKind.NotFound,
        "Import the source first with Import-LoyaltySource.");

    /// <summary>The first day of a replay lies after its last.</summary>
    public static readonly ErrorDefinition RunDatesReversed = new(nameof(RunDatesReversed), ErrorKind.InvalidInput,
        "Give -From the earlier and -To the later day.");

    /// <summary>No day up to the one asked for has been written.</summary>
    public static readonly ErrorDefinition DayNotWritten = new(nameof(DayNotWritten), ErrorKind.NotFound,
        "Ask for a later day, or write the day with Invoke-LoyaltyMerge -RunDate.");

    /// <summary>Master has no column of the name.</summary>
    public static readonly ErrorDefinition ColumnUnknown = new(nameof(ColumnUnknown), ErrorKind.NotFound,
        "Give the name of a column that Master has; * and ? stand for any characters.");

    /// <summary>Master would have two rows for a user.</summary>
    public static readonly ErrorDefinition DuplicateKey = new(nameof(DuplicateKey), ErrorKind.InvalidData,
        "Make Master_Table.sql yield one row per USER_ID; look for a join that multiplies rows.");

    /// <summary>A guard stopped a merge, an import or a delivery.</summary>
    public static readonly ErrorDefinition GuardTripped = new(nameof(GuardTripped), ErrorKind.InvalidData,
        "Check that the sources are complete; if the change is meant, run again with -Force. Nothing was changed.");

    /// <summary>Counts that must agree do not.</summary>
    public static readonly ErrorDefinition ReconciliationFailed = new(nameof(ReconciliationFailed), ErrorKind.InvalidData,
        "This is a defect of the module or a source that changed while it was read; run again, and report it if it stays. Nothing was changed.");

    /// <summary>A sample would overwrite data.</summary>
    public static readonly ErrorDefinition SampleTargetNotEmpty = new(nameof(SampleTargetNotEmpty), ErrorKind.InvalidOperation,
        "Use an empty warehouse or folder, or give -Force to replace what is there.");

    /// <summary>History has never had a user.</summary>
    public static readonly ErrorDefinition UserNotFound = new(nameof(UserNotFound), ErrorKind.NotFound,
        "Check the id; a user is in History from the first merged day on that is not before the sign-up.");

    /// <summary>A user who was named is not suppressed, or nobody is for a reason.</summary>
    public static readonly ErrorDefinition SuppressionNotFound = new(nameof(SuppressionNotFound), ErrorKind.NotFound,
        "Check the id or the reason; Get-LoyaltySuppression without one lists all.");

    /// <summary>A suppression would be over before it begins.</summary>
    public static readonly ErrorDefinition SuppressionOver = new(nameof(SuppressionOver), ErrorKind.InvalidInput,
        "Give today or a later day, by UTC; Remove-LoyaltySuppression ends a suppression.");

    /// <summary>Nothing is held of a user.</summary>
    public static readonly ErrorDefinition UserUnknown = new(nameof(UserUnknown), ErrorKind.NotFound,
        "Check the id. Of a user whom no source, no day of History and no log has, there is nothing to write.");

    /// <summary>No region has a code or a name.</summary>
    public static readonly ErrorDefinition RegionNotFound = new(nameof(RegionNotFound), ErrorKind.NotFound,
        "Press Tab after -Region to see the regions; * and ? stand for any characters and any one.");

    /// <summary>No module of the adopted features has a name.</summary>
    public static readonly ErrorDefinition ModuleNotFound = new(nameof(ModuleNotFound), ErrorKind.NotFound,
        "Press Tab after -Module to see the modules; * and ? stand for any characters and any one.");

    /// <summary>No adopted feature has a name.</summary>
    public static readonly ErrorDefinition FeatureNotFound = new(nameof(FeatureNotFound), ErrorKind.NotFound,
        "Press Tab after -Feature to see the features; * and ? stand for any characters and any one.");

    /// <summary>No check fits a name, or none is left of what is asked for.</summary>
    public static readonly ErrorDefinition CheckUnknown = new(nameof(CheckUnknown), ErrorKind.NotFound,
        "Press Tab after -Check to see the ids; * and ? stand for any characters and any one.");

    /// <summary>
    /// A row of one of the pipeline's own logs is not as the catalog says: a value is missing or unknown, or the row is there twice.
    /// </summary>
    public static readonly ErrorDefinition LogRowUnreadable = new(nameof(LogRowUnreadable), ErrorKind.InvalidData,
        "Correct or delete the row; Test-PipelineIntegrity -Table with the name of the table finds all rows that are not as they must be.");

    /// <summary>Checks did not pass.</summary>
    public static readonly ErrorDefinition IntegrityFailed = new(nameof(IntegrityFailed), ErrorKind.InvalidData,
        "Look at the results of Test-PipelineIntegrity: their Message and Sample say what is wrong, their Sql shows all of it.");

    /// <summary>A check that came down the pipeline failed or could not be made, so that nothing is delivered.</summary>
    public static readonly ErrorDefinition NotSound = new(nameof(NotSound), ErrorKind.InvalidData,
        "Mend what Message, Sample and Sql of the results of Test-PipelineIntegrity show and run again; -Force delivers all the same, and the log says so.");

    /// <summary>A file or folder to publish does not exist.</summary>
    public static readonly ErrorDefinition ScriptNotFound = new(nameof(ScriptNotFound), ErrorKind.NotFound,
        "Check the path; * and ? stand for any characters and any one.");

    /// <summary>A file cannot be published, restored or verified.</summary>
    public static readonly ErrorDefinition ScriptUnusable = new(nameof(ScriptUnusable), ErrorKind.InvalidData,
        "Save the file as UTF-8, or as UTF-16 with its mark, or leave it out; nothing of it was written.");

    /// <summary>The map of published names cannot be used.</summary>
    public static readonly ErrorDefinition PublicationMapInvalid = new(nameof(PublicationMapInvalid), ErrorKind.InvalidData,
        "Name the map that Protect-LoyaltyScript wrote, or put back a copy of it; it is not to be edited.");

    /// <summary>The map of published names would be published.</summary>
    public static readonly ErrorDefinition PublicationMapExposed = new(nameof(PublicationMapExposed), ErrorKind.InvalidInput,
        "Keep the map in a private folder, outside -Destination: who has it can undo everything.");

    /// <summary>A copy does not belong to the map.</summary>
    public static readonly ErrorDefinition PublicationMapForeign = new(nameof(PublicationMapForeign), ErrorKind.InvalidData,
        "Name the map that the copy was made with, as it was last written; nothing of the copy was restored.");

    /// <summary>A copy cannot be written where it would go.</summary>
    public static readonly ErrorDefinition PublicationUnwritable = new(nameof(PublicationUnwritable), ErrorKind.Unavailable,
        "Name a folder for -Destination in which you may write, and which is not that of the files.");

    /// <summary>A copy could not be restored.</summary>
    public static readonly ErrorDefinition PublicationNotReversible = new(nameof(PublicationNotReversible), ErrorKind.InvalidOperation,
        "This is a defect of the module; leave the file out, and report it. Nothing was written.");

    /// <summary>A name of the map is left in a copy.</summary>
    public static readonly ErrorDefinition PublicationLeak = new(nameof(PublicationLeak), ErrorKind.InvalidData,
        "Do not publish the copy. Publish the file again with the same map, and with -Name where the word stands in prose.");

    /// <summary>A copy does not say the same as its file.</summary>
    public static readonly ErrorDefinition PublicationChanged = new(nameof(PublicationChanged), ErrorKind.InvalidData,
        "Keep the name at the place with -Keep, or publish the file again: the copy was changed, or a name means something to the language.");

    /// <summary>The name of a report says nothing of its format.</summary>
    public static readonly ErrorDefinition ReportFormatUnknown = new(nameof(ReportFormatUnknown), ErrorKind.InvalidInput,
        "Give the file a name that ends in .xml or .junit.xml for JUnit, .nunit.xml for NUnit, or .json.");

    /// <summary>A report cannot be written.</summary>
    public static readonly ErrorDefinition ReportUnwritable = new(nameof(ReportUnwritable), ErrorKind.Unavailable,
        "Name a file in a folder that exists, in which you may write and which has room; a report that was there before is left as it was.");

    /// <summary>The written catalog says something else than catalog, scripts and settings do now.</summary>
    public static readonly ErrorDefinition CatalogStale = new(nameof(CatalogStale), ErrorKind.InvalidData,
        "Run Export-LoyaltyCatalog without -Check, look at what changed, and commit it.");

    /// <summary>No view has a name.</summary>
    public static readonly ErrorDefinition ViewNotFound = new(nameof(ViewNotFound), ErrorKind.NotFound,
        "Press Tab after -View to see the views; * and ? stand for any characters and any one.");

    /// <summary>An extract was asked for of something that is no view of aggregates.</summary>
    public static readonly ErrorDefinition ViewNotForReaders = new(nameof(ViewNotForReaders), ErrorKind.InvalidInput,
        "Press Tab after -View to see the views; single users are sent to consumers by Export-EngagementSegment.");

    /// <summary>A run id names no run.</summary>
    public static readonly ErrorDefinition RunNotFound = new(nameof(RunNotFound), ErrorKind.NotFound,
        "List the runs with Get-LoyaltyRun.");

    /// <summary>No consumer has the name.</summary>
    public static readonly ErrorDefinition ConsumerUnknown = new(nameof(ConsumerUnknown), ErrorKind.NotFound,
        "Give the name of a consumer of pipeline.yml, or Marketing or CustomerSuccess, or give -Segment and -Destination.");

    /// <summary>What a delivery was asked for does not fit together.</summary>
    public static readonly ErrorDefinition DeliveryInvalid = new(nameof(DeliveryInvalid), ErrorKind.InvalidInput,
        "Correct the setting named, in pipeline.yml or on the command line.");

    /// <summary>The salt of a consumer's hashes is not there.</summary>
    public static readonly ErrorDefinition SaltMissing = new(nameof(SaltMissing), ErrorKind.NotFound,
        "Set the environment variable named before the run, from where secrets are kept; never write the salt into pipeline.yml.");

    /// <summary>A secret that pipeline.yml names is not there.</summary>
    public static readonly ErrorDefinition SecretMissing = new(nameof(SecretMissing), ErrorKind.NotFound,
        "Set the environment variable, or write the file, from where secrets are kept; never write a secret into pipeline.yml.");

    /// <summary>An environment variable or file that holds a secret holds something that cannot be sent.</summary>
    public static readonly ErrorDefinition SecretInvalid = new(nameof(SecretInvalid), ErrorKind.InvalidInput,
        "Write the secret alone, in one line, into the environment variable or the file; no message shows what it holds.");

    /// <summary>Somebody could not be told what came of a run; of the run itself it says nothing.</summary>
    public static readonly ErrorDefinition NotificationFailed = new(nameof(NotificationFailed), ErrorKind.Unavailable,
        "Check address and network, and user and password where there are some: notify in pipeline.yml.");

    /// <summary>It is not known where to deliver to, or the destination is no such thing.</summary>
    public static readonly ErrorDefinition DestinationInvalid = new(nameof(DestinationInvalid), ErrorKind.InvalidInput,
        "Give -Destination, or destination in pipeline.yml: a folder, or s3://bucket/prefix.");

    /// <summary>No keys for S3 were found.</summary>
    public static readonly ErrorDefinition DestinationCredentialsMissing = new(nameof(
        DestinationCredentialsMissing), ErrorKind.PermissionDenied,
        "Name a profile with -Profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role is attached.");

    /// <summary>The S3 server does not know the access key.</summary>
    public static readonly ErrorDefinition DestinationKeyUnknown = new(nameof(DestinationKeyUnknown), ErrorKind.PermissionDenied,
        "Check the access key of the profile or the environment, and that it belongs to this server.");

    /// <summary>The secret does not belong to the access key.</summary>
    public static readonly ErrorDefinition DestinationSecretWrong = new(nameof(DestinationSecretWrong), ErrorKind.PermissionDenied,
        "Check the secret of the profile or the environment; it does not belong to the access key.");

    /// <summary>Temporary keys are no longer valid.</summary>
    public static readonly ErrorDefinition DestinationCredentialsExpired = new(nameof(
        DestinationCredentialsExpired), ErrorKind.PermissionDenied,
        "Obtain new temporary keys, or a new session token, and run again.");

    /// <summary>Access to the destination was refused.</summary>
    public static readonly ErrorDefinition DestinationDenied = new(nameof(DestinationDenied), ErrorKind.PermissionDenied,
        "Allow the account to list, read, write and delete there; for encryption with a key, to use the key.");

    /// <summary>The bucket does not exist.</summary>
    public static readonly ErrorDefinition DestinationBucketMissing = new(nameof(DestinationBucketMissing), ErrorKind.NotFound,
        "Check the name of the bucket and the server; a bucket is never made by a delivery.");

    /// <summary>The bucket is in another region.</summary>
    public static readonly ErrorDefinition DestinationRegionWrong = new(nameof(DestinationRegionWrong), ErrorKind.InvalidInput,
        "Give -Region, or region in pipeline.yml: that of the bucket.");

    /// <summary>This machine's clock and the server's differ too much.</summary>
    public static readonly ErrorDefinition DestinationClockSkew = new(nameof(DestinationClockSkew), ErrorKind.InvalidOperation,
        "Set this machine's clock, best by a time service.");

    /// <summary>The destination does not answer, or cannot be written.</summary>
    public static readonly ErrorDefinition DestinationUnavailable = new(nameof(DestinationUnavailable), ErrorKind.Unavailable,
        "Check address, network and room, then run again: what was begun is completed or replaced.");

    /// <summary>A delivery cannot go through the stage that the consumer names.</summary>
    public static readonly ErrorDefinition StageInvalid = new(nameof(StageInvalid), ErrorKind.InvalidInput,
        "Name an external stage on S3 whose address is that of the destination, and CSV; without a stage this machine writes and sends the files, whatever the engine.");

    /// <summary>Somebody else delivered to the same consumer meanwhile.</summary>
    public static readonly ErrorDefinition DeliveryConflict = new(nameof(DeliveryConflict), ErrorKind.Busy,
        "Look at latest.json for the delivery that won; run again if yours is the one that is wanted.");

    /// <summary>There is no delivery where one was looked for.</summary>
    public static readonly ErrorDefinition DeliveryNotFound = new(nameof(DeliveryNotFound), ErrorKind.NotFound,
        "Give the place of a manifest.json, of the folder that holds it, or of a latest.json; Get-SegmentDelivery lists them.");

    /// <summary>A manifest cannot be used.</summary>
    public static readonly ErrorDefinition ManifestInvalid = new(nameof(ManifestInvalid), ErrorKind.InvalidData,
        "Take it as not delivered, and find out who changed the file. The newest delivery is put right by making it again, an older one is removed with its folder.");

    /// <summary>A text is no schedule.</summary>
    public static readonly ErrorDefinition ScheduleInvalid = new(nameof(ScheduleInvalid), ErrorKind.InvalidInput,
        "Write minute, hour, day of the month, month and weekday with blanks between them, such as '0 4 * * *' for every day at 04:00.");

    /// <summary>What is to start a job cannot do what is asked of it.</summary>
    public static readonly ErrorDefinition TaskUnsupported = new(nameof(TaskUnsupported), ErrorKind.InvalidInput,
        "Leave out what is named, or give another -Kind; docs/schedule.md says what each can.");

    /// <summary>A name, an account or a value cannot be part of a scheduled job.</summary>
    public static readonly ErrorDefinition TaskInvalid = new(nameof(TaskInvalid), ErrorKind.InvalidInput,
        "Correct the value named; a secret belongs in an environment variable or a file, never in a definition.");

    /// <summary>There is no scheduled job of the name.</summary>
    public static readonly ErrorDefinition TaskNotFound = new(nameof(TaskNotFound), ErrorKind.NotFound,
        "Get-LoyaltyTask lists the jobs; one of another user is seen by that user or an administrator.");

    /// <summary>A job of the name is registered and says something else.</summary>
    public static readonly ErrorDefinition TaskExists = new(nameof(TaskExists), ErrorKind.InvalidOperation,
        "Look at it with Get-LoyaltyTask, then give -Force to replace it, or another name.");

    /// <summary>What has the job's name was made, or changed, by somebody else.</summary>
    public static readonly ErrorDefinition TaskForeign = new(nameof(TaskForeign), ErrorKind.InvalidOperation,
        "Put it right or remove it by hand; only what Register-LoyaltyTask made is replaced or removed.");

    /// <summary>What starts jobs by the clock is not there, or refused.</summary>
    public static readonly ErrorDefinition SchedulerUnavailable = new(nameof(SchedulerUnavailable), ErrorKind.Unavailable,
        "Read the message of the program named; run as an administrator where it speaks of rights, or give another -Kind.");

    /// <summary>The PowerShell that a job is to start is not found.</summary>
    public static readonly ErrorDefinition PowerShellNotFound = new(nameof(PowerShellNotFound), ErrorKind.NotFound,
        "Give the full path of pwsh with -PowerShell.");

    /// <summary>All entries, by id.</summary>
    public static IReadOnlyDictionary<string, ErrorDefinition> All { get; } =
        typeof(LoyaltyErrors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null))
            .OfType<ErrorDefinition>()
            .ToDictionary(definition => definition.Id, StringComparer.Ordinal);
}
