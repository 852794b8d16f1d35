namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>A file as a stage lists it.</summary>
/// <param name="Path">Its path within the place the stage stands for.</param>
/// <param name="Tag">What the place tells of its content: the MD5, or on S3 the entity tag.</param>
/// <param name="Written">When it was written.</param>
public sealed record ExternalFile(string Path, long Size, string Tag, DateTime Written);
