SELECT sweep FROM progress
